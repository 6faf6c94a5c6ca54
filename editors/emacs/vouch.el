;; Eglot: part of Emacs 29, a package for Emacs 26 to 28.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((python-mode python-ts-mode js-mode js-ts-mode typescript-ts-mode tsx-ts-mode go-ts-mode rust-ts-mode
                  java-mode java-ts-mode c-mode c-ts-mode c++-mode c++-ts-mode ruby-mode ruby-ts-mode sh-mode)
                 . ("vouch" "--stdio"))))
(setq eglot-confirm-server-initiated-edits nil)
(add-hook 'python-mode-hook 'eglot-ensure)
(add-hook 'js-mode-hook 'eglot-ensure)
