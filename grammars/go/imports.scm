; Imports, each of a group for itself. A package's own name is mostly the last word of its path, without its version.

([
  (import_declaration (import_spec !name path: (_) @module)) @import
  (import_spec_list (import_spec !name path: (_) @module) @import)
] (#set! namespace "([A-Za-z_][A-Za-z0-9_]*)(?:[.]v[0-9]+|[.-]go)?(?:/v[0-9]+)?$"))

[
  (import_declaration (import_spec name: (package_identifier) @namespace path: (_) @module)) @import
  (import_spec_list (import_spec name: (package_identifier) @namespace path: (_) @module) @import)
]

[
  (import_declaration (import_spec name: (dot) @wildcard path: (_) @module)) @import
  (import_spec_list (import_spec name: (dot) @wildcard path: (_) @module) @import)
]

; For its effects only.
[
  (import_declaration (import_spec name: (blank_identifier) path: (_) @module)) @import
  (import_spec_list (import_spec name: (blank_identifier) path: (_) @module) @import)
]
