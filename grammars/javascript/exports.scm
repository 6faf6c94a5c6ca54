; inherits: ecmascript

; CommonJS, wherever it stands.
((assignment_expression
  left: (member_expression) @_exports
  right: (object
    [
      (shorthand_property_identifier) @name @local
      (pair key: [(property_identifier) (string)] @name value: (identifier) @local)
      (pair key: [(property_identifier) (string)] @name)
      (method_definition name: [(property_identifier) (string)] @name)
    ])) @export
  (#eq? @_exports "module.exports"))

((assignment_expression
  left: (member_expression object: (_) @_exports property: (property_identifier) @name)
  right: [(identifier) @local (_)]) @export
  (#any-of? @_exports "exports" "module.exports"))

((call_expression
  function: (member_expression) @_define
  arguments: (arguments . (_) @_exports . (string) @name)) @export
  (#eq? @_define "Object.defineProperty")
  (#any-of? @_exports "exports" "module.exports")
  (#not-match? @name "__esModule"))

; The object itself is what an import of the default gets.
((assignment_expression left: (member_expression) @export)
  (#match? @export "^(?:module[.])?exports\\b")
  (#set! name "default"))

; All of another module.
((assignment_expression
  left: (member_expression) @_exports
  right: (call_expression
    function: (identifier) @_require
    arguments: (arguments . (string) @module .))) @export
  (#eq? @_exports "module.exports")
  (#eq? @_require "require")
  (#set! name "*"))

((call_expression
  function: (_) @_star
  arguments: (arguments
    . (call_expression
      function: (identifier) @_require
      arguments: (arguments . (string) @module .))
    . (identifier) @_exports)) @export
  (#match? @_star "__exportStar$")
  (#eq? @_exports "exports")
  (#eq? @_require "require")
  (#set! name "*"))

; The module is a value of its own.
((assignment_expression
  left: (member_expression) @_exports
  right: [(identifier) @local @_value (_) @_value]) @export
  (#eq? @_exports "module.exports")
  (#not-match? @_value "^(?:[{]|require[(][^)]*[)]$)")
  (#set! name "="))

; Names that cannot be told: what is spread or computed, and whatever is done where the object is handed to.
((assignment_expression
  left: (member_expression) @_exports
  right: (object
    [
      (spread_element)
      (pair key: (computed_property_name))
      (method_definition name: (computed_property_name))
    ])) @export
  (#eq? @_exports "module.exports")
  (#set! name "*"))

(([
  (subscript_expression object: [(identifier) (member_expression)] @_exports)
  (variable_declarator value: [(identifier) (member_expression)] @_exports)
  (assignment_expression right: [(identifier) (member_expression)] @_exports)
] @export)
  (#any-of? @_exports "exports" "module.exports")
  (#set! name "*"))

((call_expression
  function: (_) @_taker
  arguments: (arguments [(identifier) (member_expression)] @_exports)) @export
  (#any-of? @_exports "exports" "module.exports")
  (#not-match? @_taker "(?:Object[.]defineProperty|__exportStar)$")
  (#set! name "*"))
