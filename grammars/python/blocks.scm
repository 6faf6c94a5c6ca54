(function_definition body: (block) @body) @block
(class_definition body: (block) @body) @block

(if_statement consequence: (block) @body) @block
(elif_clause consequence: (block) @body) @block
(else_clause body: (block) @body) @block

(for_statement body: (block) @body) @block
(while_statement body: (block) @body) @block
(with_statement body: (block) @body) @block

(try_statement body: (block) @body) @block
(except_clause (block) @body) @block
(finally_clause (block) @body) @block

(match_statement body: (block) @body) @block
(case_clause consequence: (block) @body) @block

(decorated_definition
  definition: (function_definition body: (block) @body)) @block
(decorated_definition
  definition: (class_definition body: (block) @body)) @block
