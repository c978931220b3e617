// The measures of c/tasks.c by goroutines: the same words, the same lines.
//
// A switch is runtime.Gosched, which like sleep(0) puts the caller behind all
// that are ready. A join is the receive from a channel of its own.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

func switching(tasks, turns int) float64 {
	var entered, done sync.WaitGroup
	entered.Add(tasks)
	done.Add(tasks)
	for i := 0; i < tasks; i++ {
		go func() {
			entered.Done()
			for j := 0; j < turns; j++ {
				runtime.Gosched()
			}
			done.Done()
		}()
	}
	entered.Wait()
	start := time.Now()
	done.Wait()
	return float64(time.Since(start).Nanoseconds()) / float64(tasks) / float64(turns)
}

func spawning(count int) float64 {
	start := time.Now()
	for i := 0; i < count; i++ {
		done := make(chan struct{})
		go func() { close(done) }()
		<-done
	}
	return float64(time.Since(start).Nanoseconds()) / float64(count)
}

// Milliseconds beyond 1 s, and the bytes that the runtime got from the host.
func sleeping(count int) (float64, uint64) {
	var done sync.WaitGroup
	done.Add(count)
	start := time.Now()
	for i := 0; i < count; i++ {
		go func() {
			time.Sleep(time.Second)
			done.Done()
		}()
	}
	done.Wait()
	overhead := time.Since(start) - time.Second
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return float64(overhead.Nanoseconds()) / 1e6, memory.Sys
}

func number(i int) int {
	if i >= len(os.Args) {
		fmt.Fprintln(os.Stderr, "usage: tasks switch TASKS TURNS ROUNDS | spawn COUNT ROUNDS | sleepers COUNT")
		os.Exit(2)
	}
	n, _ := strconv.Atoi(os.Args[i])
	return n
}

func main() {
	number(2)
	switch os.Args[1] {
	case "switch":
		for i := number(4); i > 0; i-- {
			fmt.Printf("%.3f\n", switching(number(2), number(3)))
		}
	case "spawn":
		for i := number(3); i > 0; i-- {
			fmt.Printf("%.3f\n", spawning(number(2)))
		}
	case "sleepers":
		overhead, memory := sleeping(number(2))
		fmt.Printf("%.3f %d\n", overhead, memory)
	}
}
