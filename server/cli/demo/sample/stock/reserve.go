package stock

import "fmt"

// Reserve takes pieces of several articles, or nothing at all.
func (room *Room) Reserve(counts map[string]int) error {
	for article, count := range counts {
		if room.pieces[article] < count {
			return fmt.Errorf("reserving %d pieces of %s: %w", count, article, ErrNotEnough)
		}
	}
	for article, count := range counts {
		if err := room.Take(article, count); err != nil {
			return err
		}
	}
	return nil
}

// Restore puts back what was reserved.
func (room *Room) Restore(counts map[string]int) error {
	for article, count := range counts {
		if err := room.Put(article, count); err != nil {
			return err
		}
	}
	return nil
}
