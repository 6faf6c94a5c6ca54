(comment) @comment.before
((comment) @comment (#match? @comment "^#!"))
