(comment) @comment.before
