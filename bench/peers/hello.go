// examples/hello.c in Go.
package main

import (
	"fmt"
	"time"
)

func main() {
	time.Sleep(time.Second)
	fmt.Println("Hello!")
}
