; Types, methods and blocks.

[
  (class_declaration body: (_) @body)
  (record_declaration body: (_) @body)
  (interface_declaration body: (_) @body)
  (annotation_type_declaration body: (_) @body)
  (enum_declaration body: (_) @body)
  (enum_constant body: (_) @body)
  (object_creation_expression (class_body) @body)
  (method_declaration body: (block) @body)
  (constructor_declaration body: (_) @body)
  (compact_constructor_declaration body: (_) @body)
  (static_initializer (block) @body)
  (lambda_expression body: (block) @body)
] @block
(class_body (block) @body @block)
(if_statement consequence: (block) @body) @block
(if_statement alternative: (block) @body @block)
[
  (for_statement body: (block) @body)
  (enhanced_for_statement body: (block) @body)
  (while_statement body: (block) @body)
  (do_statement body: (block) @body)
  (try_statement body: (block) @body)
  (try_with_resources_statement body: (block) @body)
  (catch_clause body: (block) @body)
  (finally_clause (block) @body)
  (synchronized_statement body: (block) @body)
  (switch_expression body: (switch_block) @body)
  (switch_rule (block) @body)
] @block
(block (block) @body @block)
(labeled_statement (block) @body @block)
