; Shared by JavaScript and TypeScript.
(comment) @comment

((comment) @comment.doc
  (#match? @comment.doc "^/[*][*][^/]"))
