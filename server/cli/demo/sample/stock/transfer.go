package stock

import "fmt"

// Transfer moves pieces of one article from a room to another.
func Transfer(from, to *Room, article string, count int) error {
	if err := from.Take(article, count); err != nil {
		return fmt.Errorf("transferring %s: %w", article, err)
	}
	if err := to.Put(article, count); err != nil {
		return fmt.Errorf("transferring %s: %w", article, err)
	}
	return nil
}

// TransferAll moves several articles, or nothing at all.
func TransferAll(from, to *Room, counts map[string]int) error {
	if err := from.Reserve(counts); err != nil {
		return fmt.Errorf("transferring all: %w", err)
	}
	for article, count := range counts {
		if err := to.Put(article, count); err != nil {
			return fmt.Errorf("transferring %s: %w", article, err)
		}
	}
	return nil
}
