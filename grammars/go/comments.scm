; Any comment documents the declaration directly below.

(comment) @comment.before
