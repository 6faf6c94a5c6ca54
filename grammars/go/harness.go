// Package vouchharness asks candidates for a function what they do: it is compiled with them into one program, which
// answers each question with a line of JSON, [candidate, question, outcome], behind the mark that its input begins with.
//
// The program is given the candidate and the question to begin with, the milliseconds of one question, and the characters
// of a value that are kept. A question that does not end ends the program (code 3), which is started again with the next.
package vouchharness

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Outcome is what is answered.
type Outcome struct {
	Kind   string `json:"kind"`
	Actual string `json:"actual,omitempty"`
	Raised string `json:"raised,omitempty"`
	Value  string `json:"value,omitempty"`
	Why    string `json:"why,omitempty"`
}

type question struct {
	candidate, number int
	ask               func() Outcome
}

var questions []question

// Add is called by the file of each question, before the program begins.
func Add(candidate, number int, ask func() Outcome) {
	questions = append(questions, question{candidate, number, ask})
}

// Result is what a call gave back: its first value, and the error that came with it.
type Result[T any] struct {
	value T
	err   error
}

// Of takes all values of a call; one that is an error counts when it is not nil.
func Of[T any](value T, rest ...any) Result[T] {
	result := Result[T]{value: value}
	for _, one := range rest {
		if err, is := one.(error); is && err != nil {
			result.err = err
		}
	}
	return result
}

// Is compares with the value that is expected, which is written as text as well.
func (result Result[T]) Is(want T, written string) Outcome {
	if result.err != nil {
		return result.failure()
	}
	got := reflect.ValueOf(&result.value).Elem()
	return verdict(same(got, reflect.ValueOf(&want).Elem(), tolerance(written), 0), show(got, 0))
}

// IsWritten compares with what is expected where that is no expression of the language: data, or what is printed.
func (result Result[T]) IsWritten(written string) Outcome {
	if err, is := any(result.value).(error); is && err != nil && err.Error() == written {
		return verdict(true, "")
	}
	if result.err != nil {
		return result.failure()
	}
	got := reflect.ValueOf(&result.value).Elem()
	if fmt.Sprint(result.value) == written || tight(show(got, 0)) == tight(written) {
		return verdict(true, show(got, 0))
	}
	var want T
	if json.Unmarshal([]byte(written), &want) == nil {
		return verdict(same(got, reflect.ValueOf(&want).Elem(), tolerance(written), 0), show(got, 0))
	}
	return Outcome{Kind: "unclear", Why: "what it expects is not a value: " + written}
}

var isReady bool

// Ready is called behind what is set up for a question: what fails before says nothing of it.
func Ready() {
	isReady = true
}

// Failing asks whether what is called fails by a panic, or by what it tells itself.
func Failing(ask func() Outcome) Outcome {
	outcome := guarded(ask)
	if outcome.Kind == "raised" {
		return verdict(true, "")
	}
	return outcome
}

// Fails tells whether an error came.
func (result Result[T]) Fails() Outcome {
	err := result.err
	if one, is := any(result.value).(error); is && one != nil {
		err = one
	}
	if err != nil {
		return verdict(true, "")
	}
	return verdict(false, show(reflect.ValueOf(&result.value).Elem(), 0))
}

// Value tells what came, as text that is the same for equal values.
func (result Result[T]) Value() Outcome {
	if result.err != nil {
		return Outcome{Kind: "raised", Raised: "error"}
	}
	return Outcome{Kind: "value", Value: show(reflect.ValueOf(&result.value).Elem(), 0)}
}

func (result Result[T]) failure() Outcome {
	return Outcome{Kind: "failed", Actual: "raises error: " + result.err.Error(), Raised: "error"}
}

func verdict(passed bool, actual string) Outcome {
	if passed {
		return Outcome{Kind: "passed", Actual: actual}
	}
	return Outcome{Kind: "failed", Actual: actual}
}

func tight(text string) string {
	return strings.Join(strings.Fields(text), "")
}

const deepest = 12

// Whether a value is the one that is wanted: decimals nearly, and what is empty like what is not there.
func same(got, want reflect.Value, near float64, depth int) bool {
	if !got.IsValid() || !want.IsValid() || got.Type() != want.Type() || depth > deepest {
		return got.IsValid() == want.IsValid() && (!got.IsValid() || depth > deepest || sameNumber(got, want, near))
	}
	switch got.Kind() {
	case reflect.Float32, reflect.Float64:
		return sameNumber(got, want, near)
	case reflect.Interface, reflect.Pointer:
		if got.IsNil() || want.IsNil() {
			return got.IsNil() && want.IsNil()
		}
		return same(got.Elem(), want.Elem(), near, depth+1)
	case reflect.Slice, reflect.Array:
		if got.Len() != want.Len() {
			return false
		}
		for index := 0; index < got.Len(); index++ {
			if !same(got.Index(index), want.Index(index), near, depth+1) {
				return false
			}
		}
		return true
	case reflect.Map:
		if got.Len() != want.Len() {
			return false
		}
		for _, key := range got.MapKeys() {
			other := want.MapIndex(key)
			if !other.IsValid() || !same(got.MapIndex(key), other, near, depth+1) {
				return false
			}
		}
		return true
	case reflect.Struct:
		if got.CanInterface() && want.CanInterface() {
			if one, is := got.Interface().(time.Time); is {
				return one.Equal(want.Interface().(time.Time))
			}
		}
		for index := 0; index < got.NumField(); index++ {
			if !same(got.Field(index), want.Field(index), near, depth+1) {
				return false
			}
		}
		return true
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return got.Pointer() == want.Pointer()
	default:
		return got.Equal(want)
	}
}

// Numbers of different kinds are compared by what they are: JSON knows one kind only.
func sameNumber(got, want reflect.Value, near float64) bool {
	one, isNumber := number(got)
	other, isOther := number(want)
	if !isNumber || !isOther {
		return false
	}
	if one == other || (one != one && other != other) {
		return true
	}
	return math.Abs(one-other) <= math.Max(near, 1e-6*math.Max(math.Abs(one), math.Abs(other)))
}

func number(value reflect.Value) (float64, bool) {
	switch {
	case !value.IsValid():
		return 0, false
	case value.CanInt():
		return float64(value.Int()), true
	case value.CanUint():
		return float64(value.Uint()), true
	case value.CanFloat():
		return value.Float(), true
	}
	return 0, false
}

// Half a unit of the last place, where at least four decimals are written.
func tolerance(written string) float64 {
	_, decimals, found := strings.Cut(written, ".")
	digits := len(decimals) - len(strings.TrimLeft(decimals, "0123456789"))
	if !found || digits < 4 {
		return 1e-9
	}
	return 0.5000001 * math.Pow(10, -float64(digits))
}

// Text that is the same for equal values.
func show(value reflect.Value, depth int) string {
	if !value.IsValid() {
		return "nil"
	}
	if depth > deepest {
		return "..."
	}
	if value.CanInterface() {
		if err, is := value.Interface().(error); is && !isNil(value) {
			return "error: " + err.Error()
		}
	}
	switch value.Kind() {
	case reflect.String:
		return strconv.Quote(value.String())
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(value.Float(), 'g', 9, 64)
	case reflect.Interface, reflect.Pointer:
		if value.IsNil() {
			return "nil"
		}
		return show(value.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		parts := make([]string, 0, value.Len())
		for index := 0; index < value.Len() && index < 1000; index++ {
			parts = append(parts, show(value.Index(index), depth+1))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case reflect.Map:
		parts := make([]string, 0, value.Len())
		for _, key := range value.MapKeys() {
			parts = append(parts, show(key, depth+1)+": "+show(value.MapIndex(key), depth+1))
		}
		sort.Strings(parts)
		return "{" + strings.Join(parts, ", ") + "}"
	case reflect.Struct:
		parts := make([]string, 0, value.NumField())
		for index := 0; index < value.NumField(); index++ {
			parts = append(parts, value.Type().Field(index).Name+": "+show(value.Field(index), depth+1))
		}
		return value.Type().Name() + "{" + strings.Join(parts, ", ") + "}"
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return "<" + value.Type().String() + ">"
	default:
		return fmt.Sprint(value)
	}
}

func isNil(value reflect.Value) bool {
	switch value.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Slice, reflect.Map, reflect.Func, reflect.Chan:
		return value.IsNil()
	}
	return false
}

// Main asks what is to be asked, in order.
func Main() {
	var from, first, milliseconds, most int
	for index, place := range []*int{&from, &first, &milliseconds, &most} {
		*place, _ = strconv.Atoi(os.Args[index+1])
	}
	// What candidates print must not stand between the answers.
	answers := os.Stdout
	mark, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	mark = strings.TrimSpace(mark)
	fmt.Fprintf(answers, "\n%s\"begun\"\n", mark)
	os.Stdout = os.Stderr
	sort.SliceStable(questions, func(i, j int) bool {
		one, other := questions[i], questions[j]
		return one.candidate < other.candidate || (one.candidate == other.candidate && one.number < other.number)
	})
	for _, one := range questions {
		if one.candidate < from || (one.candidate == from && one.number < first) {
			continue
		}
		isReady = false
		answered := make(chan Outcome, 1)
		go func() { answered <- guarded(one.ask) }()
		var outcome Outcome
		select {
		case outcome = <-answered:
		case <-time.After(time.Duration(milliseconds) * time.Millisecond):
			outcome = Outcome{Kind: "timeout"}
		}
		isLate := outcome.Kind == "timeout"
		if !isReady {
			outcome = Outcome{Kind: "unclear", Why: "a line before it fails"}
		}
		outcome.Actual, outcome.Value = shortened(outcome.Actual, most), shortened(outcome.Value, most)
		line, _ := json.Marshal([]any{one.candidate, one.number, outcome})
		fmt.Fprintf(answers, "\n%s%s\n", mark, line)
		if isLate {
			os.Exit(3)
		}
	}
	fmt.Fprintf(answers, "\n%s\"done\"\n", mark)
	// Also where goroutines of the candidates are still at work.
	os.Exit(0)
}

func guarded(ask func() Outcome) (outcome Outcome) {
	defer func() {
		if reason := recover(); reason != nil {
			outcome = Outcome{Kind: "raised", Raised: fmt.Sprintf("panic: %v", reason)}
		}
	}()
	return ask()
}

func shortened(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		hash := fnv.New64a()
		hash.Write([]byte(text))
		return fmt.Sprintf("%s…%x", string(runes[:most]), hash.Sum64())
	}
	return text
}
