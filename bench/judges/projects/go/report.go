package shop

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

func recent(orders []*Order, today time.Time, days int) []*Order {
	earliest := today.AddDate(0, 0, -days)
	var found []*Order
	for _, order := range orders {
		if order.Placed.After(earliest) {
			found = append(found, order)
		}
	}
	return found
}

func bestSellers(orders []*Order, most int) []string {
	counts := map[string]int{}
	for _, order := range orders {
		for _, item := range order.Items {
			counts[item.Name] += item.Count
		}
	}
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool { return counts[names[i]] > counts[names[j]] })
	return names[:min(most, len(names))]
}

func summary(order *Order) string {
	lines := []string{strings.ToUpper(order.Number)}
	for _, item := range order.Items {
		lines = append(lines, fmt.Sprintf("%s: %d", item.Name, item.Total()))
	}
	return strings.Join(lines, "\n")
}

func sample() *Order {
	order := NewOrder("A1", time.Now())
	order.Add(Item{Name: "pen", Price: 120, Count: 2})
	return order
}

var unknown int = "was wrong before"
