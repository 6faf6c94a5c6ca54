; Functions, types, modules and blocks.

(function_item body: (block) @body) @block
(impl_item body: (declaration_list) @body) @block
(trait_item body: (declaration_list) @body) @block
(mod_item body: (declaration_list) @body) @block
(foreign_mod_item body: (declaration_list) @body) @block
[
  (struct_item body: (field_declaration_list) @body)
  (union_item body: (field_declaration_list) @body)
  (enum_item body: (enum_variant_list) @body)
] @block
(if_expression consequence: (block) @body) @block
(else_clause (block) @body) @block
[
  (for_expression body: (block) @body)
  (while_expression body: (block) @body)
  (loop_expression body: (block) @body)
  (match_expression body: (match_block) @body)
  (match_arm value: (block) @body)
  (closure_expression body: (block) @body)
  (unsafe_block (block) @body)
  (async_block (block) @body)
  (const_block (block) @body)
  (let_declaration alternative: (block) @body)
  (struct_expression body: (field_initializer_list) @body)
] @block
(block (block) @body @block)
(block (expression_statement (block) @body @block))
(let_declaration value: (block) @body @block)
