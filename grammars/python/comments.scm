(comment) @comment

(module . (expression_statement . (string) @comment.inside .))

(module . (comment)+ . (expression_statement . (string) @comment.inside .))

(class_definition
  body: (block . (expression_statement . (string) @comment.inside .)))

(function_definition
  body: (block . (expression_statement . (string) @comment.inside .)))
