// SPDX-License-Identifier: MPL-2.0
// A slow reference of what a slip is, written from the description in docs/PROTOCOL alone: it makes
// every text that one slip can make of a name and looks whether the typed one is among them. Shares
// no code with lookalike/.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace slow_reference {

inline bool digit(char c) {
  return '0' <= c && c <= '9';
}
inline bool letter(char c) {
  return 'a' <= c && c <= 'z';
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// What a name in ASCII looks like.
inline std::string look_of(std::string text) {
  for (const auto& [from, to] : {std::pair<const char*, const char*>{"0", "o"},
                                 {"1", "l"},
                                 {"i", "l"},
                                 {"m", "rn"},
                                 {"w", "vv"},
                                 {"d", "cl"}}) {
    text = replaced(text, from, to);
  }
  return text;
}

inline std::string undotted(const std::string& text) {
  return replaced(text, ".", "");
}

/// Without dots and hyphens.
inline std::string unmarked(const std::string& text) {
  return replaced(undotted(text), "-", "");
}

/// How many characters stand in one text and not in the other: one slip changes two at most.
inline int characters_apart(const std::string& a, const std::string& b) {
  int counts[256] = {};
  for (const char c : a) {
    ++counts[static_cast<unsigned char>(c)];
  }
  for (const char c : b) {
    --counts[static_cast<unsigned char>(c)];
  }
  int apart = 0;
  for (const int count : counts) {
    apart += count < 0 ? -count : count;
  }
  return apart;
}

using Texts = std::set<std::string>;
inline const std::string alphabet = "abcdefghijklmnopqrstuvwxyz0123456789-.";

inline Texts texts_of_kind(const std::string& kind, const std::string& meant) {
  Texts texts;
  const std::size_t size = meant.size();
  auto put = [&](std::size_t at, char c) { return meant.substr(0, at) + c + meant.substr(at); };
  auto drop = [&](std::size_t at) { return meant.substr(0, at) + meant.substr(at + 1); };
  auto swap = [&](std::size_t at) {
    std::string text = meant;
    std::swap(text[at], text[at + 1]);
    return text;
  };
  auto write = [&](std::size_t at, char c) {
    std::string text = meant;
    text[at] = c;
    return text;
  };
  for (std::size_t i = 0; i <= size; ++i) {
    const bool inner = i < size;
    const bool pair = i + 1 < size;
    for (const char c : alphabet) {
      if (kind == "insertion" || (kind == "digits" && digit(c)) || (kind == "hyphen" && c == '-')) {
        texts.insert(put(i, c));
      }
      if (inner && (kind == "substitution" || (kind == "digits" && digit(c) && digit(meant[i])))) {
        texts.insert(write(i, c));
      }
    }
    if (kind == "doubled" && inner && letter(meant[i])) {
      texts.insert(put(i, meant[i]));
    }
    if (kind == "undoubled" && pair && letter(meant[i]) && meant[i] == meant[i + 1]) {
      texts.insert(drop(i));
    }
    if (pair &&
        (kind == "transposition" || (kind == "digits" && digit(meant[i]) && digit(meant[i + 1])))) {
      texts.insert(swap(i));
    }
    if (inner && (kind == "deletion" || (kind == "digits" && digit(meant[i])) ||
                  (kind == "hyphen" && meant[i] == '-'))) {
      texts.insert(drop(i));
    }
  }
  texts.erase(meant);
  return texts;
}

/// The first kind that fits, empty where `typed` is no single slip of `meant`.
inline std::string kind_of(const std::string& typed, const std::string& meant) {
  if (typed == meant) {
    return {};
  }
  if (look_of(typed) == look_of(meant)) {
    return "homoglyph";
  }
  const bool too_far = characters_apart(typed, meant) > 2;
  for (const char* const kind : {"digits", "doubled", "undoubled", "transposition", "dot", "hyphen",
                                 "deletion", "insertion", "substitution"}) {
    // Marks may be lost, gained and moved as often as one likes, and one be typed for the other:
    // that is a dot where the dots stand elsewhere among the letters, else a hyphen.
    const bool only_marks = unmarked(typed) == unmarked(meant);
    const bool dots_stay = replaced(typed, "-", "") == replaced(meant, "-", "");
    const bool fits = kind == std::string("dot") ? only_marks && !dots_stay
                      : kind == std::string("hyphen")
                          ? only_marks
                          : !too_far && texts_of_kind(kind, meant).contains(typed);
    if (fits) {
      return kind;
    }
  }
  return {};
}

struct Find {
  std::string near;
  std::string meant;
  std::string kind;
  auto operator<=>(const Find&) const = default;
};

/// Every listed name one slip from `typed` or from a domain above it, the longer parent first.
/// `endings` are the public suffixes among the names in use.
inline std::set<Find> near(const std::string& typed, const std::vector<std::string>& listed,
                           const std::set<std::string>& endings) {
  std::vector<Find> finds;
  for (std::size_t begin = 0; begin < typed.size();) {
    const std::string parent = typed.substr(begin);
    if (!endings.contains(parent) || (begin == 0 && parent.find('.') != std::string::npos)) {
      for (const std::string& name : listed) {
        const std::string kind = kind_of(parent, name);
        const std::string meant = typed.substr(0, begin) + name;
        bool told = kind.empty() || meant == typed;
        for (const Find& find : finds) {
          told = told || find.near == name || find.meant == meant;
        }
        if (!told) {
          finds.push_back({name, meant, kind});
        }
      }
    }
    const std::size_t dot = typed.find('.', begin);
    begin = dot == std::string::npos ? typed.size() : dot + 1;
  }
  return {finds.begin(), finds.end()};
}

}  // namespace slow_reference
