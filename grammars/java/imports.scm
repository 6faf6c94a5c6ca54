; Imports. A class is its own module here: `import a.b.C` binds `C`, `import static a.b.C.m` takes `m` from `a.b.C`.

((import_declaration (_) @module . ";") @import
  (#not-match? @import "^import\\s+static\\b")
  (#not-match? @import "\\*\\s*;$")
  (#set! namespace "([^.]+)$"))
(import_declaration "import" . (_) @module . "." . (asterisk) @wildcard) @import
(import_declaration "static" . (scoped_identifier scope: (_) @module name: (identifier) @name) . ";") @import
(import_declaration "static" . (_) @module . "." . (asterisk) @wildcard) @import
