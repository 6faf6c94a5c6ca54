package shop

import "time"

// Item is one line of an order.
type Item struct {
	Name  string
	Price int
	Count int
}

// Total is what the item costs.
func (i Item) Total() int { return i.Price * i.Count }

// Order is what a customer wants.
type Order struct {
	Number string
	Placed time.Time
	Items  []Item
}

// NewOrder makes an empty one.
func NewOrder(number string, placed time.Time) *Order {
	return &Order{Number: number, Placed: placed}
}

// Add puts an item into it.
func (o *Order) Add(item Item) { o.Items = append(o.Items, item) }

// Total is what it costs.
func (o *Order) Total(discount float64) int {
	sum := 0
	for _, item := range o.Items {
		sum += item.Total()
	}
	return int(float64(sum) * (1 - discount))
}
