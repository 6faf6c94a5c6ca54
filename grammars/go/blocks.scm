; Functions, types and statement blocks. The grammar has no node for the braces of switch, select and interface: there
; each case is a block.

(function_declaration body: (block) @body) @block
(method_declaration body: (block) @body) @block
(func_literal body: (block) @body) @block
(type_declaration (type_spec type: (struct_type (field_declaration_list) @body))) @block
(if_statement consequence: (block) @body) @block
(if_statement alternative: (block) @body @block)
(for_statement body: (block) @body) @block
(statement_list (block) @body @block)
(labeled_statement (block) @body @block)
[
  (expression_case (statement_list) @body)
  (type_case (statement_list) @body)
  (communication_case (statement_list) @body)
  (default_case (statement_list) @body)
] @block
(composite_literal body: (literal_value) @body) @block
