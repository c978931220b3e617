// The measures of c/sync.c by channels, mutexes and contexts: the same words, the same first figures.
//
// A mutex of Go lets the goroutine that releases it take it again. So a channel's one token is handed over in turns.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

func nsSince(start time.Time, count int) float64 {
	return float64(time.Since(start).Nanoseconds()) / float64(count)
}

func queueing(maxsize, count int) float64 {
	queue := make(chan int, maxsize)
	start := time.Now()
	go func() {
		for i := 0; i < count; i++ {
			queue <- i
		}
	}()
	for i := 0; i < count; i++ {
		<-queue
	}
	return nsSince(start, count)
}

func locking(count int) float64 {
	var lock sync.Mutex
	start := time.Now()
	for i := 0; i < count; i++ {
		lock.Lock()
		lock.Unlock()
	}
	return nsSince(start, count)
}

func handingOver(tasks, turns int) float64 {
	token := make(chan struct{}, 1)
	var done sync.WaitGroup
	done.Add(tasks)
	for i := 0; i < tasks; i++ {
		go func() {
			for j := 0; j < turns; j++ {
				<-token
				token <- struct{}{}
			}
			done.Done()
		}()
	}
	runtime.Gosched()
	start := time.Now()
	token <- struct{}{}
	done.Wait()
	return nsSince(start, tasks*turns)
}

func waking(tasks, turns int) float64 {
	events := make([]chan struct{}, turns)
	ran := make([]sync.WaitGroup, turns)
	for i := range events {
		events[i] = make(chan struct{})
		ran[i].Add(tasks)
	}
	for i := 0; i < tasks; i++ {
		go func() {
			for j := 0; j < turns; j++ {
				<-events[j]
				ran[j].Done()
			}
		}()
	}
	runtime.Gosched()
	start := time.Now()
	for i := range events {
		close(events[i])
		ran[i].Wait()
	}
	return nsSince(start, tasks*turns)
}

func gathering(tasks int) float64 {
	results := make([]int, tasks)
	var done sync.WaitGroup
	start := time.Now()
	done.Add(tasks)
	for i := 0; i < tasks; i++ {
		go func() {
			results[i] = i
			done.Done()
		}()
	}
	done.Wait()
	return nsSince(start, tasks)
}

func timingOut(count int) float64 {
	start := time.Now()
	for i := 0; i < count; i++ {
		_, cancel := context.WithTimeout(context.Background(), time.Minute)
		cancel()
	}
	return nsSince(start, count)
}

func number(i int) int {
	if i >= len(os.Args) {
		fmt.Fprintln(os.Stderr, "usage: as c/sync.c")
		os.Exit(2)
	}
	n, _ := strconv.Atoi(os.Args[i])
	return n
}

func main() {
	measures := map[string]func() float64{
		"queue":    func() float64 { return queueing(number(2), number(3)) },
		"lock":     func() float64 { return locking(number(2)) },
		"handover": func() float64 { return handingOver(number(2), number(3)) },
		"event":    func() float64 { return waking(number(2), number(3)) },
		"gather":   func() float64 { return gathering(number(2)) },
		"timeout":  func() float64 { return timingOut(number(2)) },
	}
	number(3)
	for rounds := number(len(os.Args) - 1); rounds > 0; rounds-- {
		fmt.Printf("%.3f\n", measures[os.Args[1]]())
	}
}
