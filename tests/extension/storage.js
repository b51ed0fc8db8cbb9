// SPDX-License-Identifier: MPL-2.0
/** A storage area that copies. */
export function storage() {
  const kept = {};
  return {
    kept,
    get: async (name) => structuredClone(name === null ? kept : name in kept ? { [name]: kept[name] } : {}),
    set: async (values) => void Object.assign(kept, structuredClone(values)),
    remove: async (names) => [names].flat().forEach((name) => delete kept[name]),
  };
}
