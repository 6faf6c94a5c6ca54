[(line_comment) (block_comment)] @comment
[
  (line_comment outer: (_))
  (line_comment inner: (_))
  (block_comment outer: (_))
  (block_comment inner: (_))
] @comment.doc
