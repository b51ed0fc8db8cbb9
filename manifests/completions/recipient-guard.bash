# SPDX-License-Identifier: MPL-2.0
# Completion for bash: /usr/share/bash-completion/completions/recipient-guard, or sourced.
# Needs nothing but bash. Held to --help by tests/protocol/man-pages.test.js.

_recipient_guard_files() {
  compopt -o filenames 2>/dev/null # outside of a completion, as in a test, there is nothing to set
  mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}

_recipient_guard() {
  local command=${COMP_WORDS[1]} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local actions='' options='' argument=''
  COMPREPLY=()

  # bash makes three words of --option=value.
  if [ "$word" = '=' ]; then
    word=''
  elif [ "$before" = '=' ] && [ "$COMP_CWORD" -gt 2 ]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W '--help --version
      check explain policy serve trust audit doctor history manifest' -- "$word")
    return
  fi

  case $command in
    check)
      options='--help --policy --people --from --keyboards --json --trace --batch' ;;
    explain)
      options='--help --policy --people --keyboards --json' ;;
    policy)
      options='--help --policy --json' actions='lint show' argument=-f ;;
    serve)
      options='--help --policy --people --audit --keyboards' ;;
    trust)
      options='--help --policy --people --json' actions='list add remove import export'
      [ "${COMP_WORDS[2]}" = import ] && argument=-f ;;
    audit)
      options='--help --audit --json --since --until --domain --verdict --word --head'
      actions='list verify export' argument=-f ;;
    doctor)
      options='--help --policy --people --audit --json --root' ;;
    history)
      options='--help --policy --people --json --all --settled --from --format'
      actions='show learn forget'
      [ "${COMP_WORDS[2]}" = learn ] && argument=-f ;;
    manifest)
      options='--help --user --system --root' actions='print install remove' ;;
    *) return ;;
  esac

  case $before in
    --policy) _recipient_guard_files -f "$word"; return ;;
    --audit | --root) _recipient_guard_files -d "$word"; return ;;
    --people)
      _recipient_guard_files -d "$word"
      if [[ $command == check || $command == explain ]] && [[ none == "$word"* ]]; then
        COMPREPLY+=(none)
      fi
      return ;;
    --format)
      mapfile -t COMPREPLY < <(compgen -W 'mbox maildir message json-lines' -- "$word")
      return ;;
    --verdict)
      mapfile -t COMPREPLY < <(compgen -W 'allow warn block' -- "$word")
      return ;;
    --word)
      mapfile -t COMPREPLY < <(compgen -W 'sent-unguarded sent-with-reason sent-warned stopped
        removed corrected' -- "$word")
      return ;;
    # An address, a reason code, a time: for the person to type.
    --from | --settled | --since | --until | --domain | --head) return ;;
  esac

  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  elif [ -n "$actions" ] && [ "$COMP_CWORD" -eq 2 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$actions" -- "$word")
  elif [ -n "$argument" ]; then
    _recipient_guard_files "$argument" "$word"
  fi
}

complete -F _recipient_guard recipient-guard
