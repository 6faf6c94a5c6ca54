// Package stock counts what lies in the store room.
package stock

import (
	"errors"
	"fmt"
)

// ErrNotEnough is returned when more is asked for than lies there.
var ErrNotEnough = errors.New("not enough in stock")

// Room is a store room: article to number of pieces.
type Room struct {
	pieces map[string]int
}

// NewRoom returns an empty store room.
func NewRoom() *Room {
	return &Room{pieces: map[string]int{}}
}

// Put adds pieces of an article.
func (room *Room) Put(article string, count int) error {
	if count < 0 {
		return fmt.Errorf("cannot put %d pieces of %s", count, article)
	}
	room.pieces[article] += count
	return nil
}

// Take removes pieces of an article.
func (room *Room) Take(article string, count int) error {
	if count < 0 {
		return fmt.Errorf("cannot take %d pieces of %s", count, article)
	}
	if room.pieces[article] < count {
		return fmt.Errorf("taking %d pieces of %s: %w", count, article, ErrNotEnough)
	}
	room.pieces[article] -= count
	return nil
}
