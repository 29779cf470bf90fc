// A module to deploy: answers every request with JSON that says what arrived, so that a test can see
// method, path, headers and body as the container saw them. It listens on $PORT (8080).
//
//	demo             serves
//	demo exit CODE   prints a line and exits at once
//	demo unready     listens, but answers 503 to everything
//	demo late MILLIS listens after MILLIS milliseconds
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

type answer struct {
	Module     string            `json:"module"`
	Image      string            `json:"image"`
	Generation int               `json:"generation"`
	Method     string            `json:"method"`
	Path       string            `json:"path"`
	Query      string            `json:"query"`
	Headers    map[string]string `json:"headers"`
	Body       string            `json:"body"`
}

func echo(w http.ResponseWriter, r *http.Request) {
	path, query, _ := strings.Cut(r.RequestURI, "?")
	if path == "/health" {
		io.WriteString(w, "ok")
		return
	}
	body, _ := io.ReadAll(r.Body)
	generation, _ := strconv.Atoi(os.Getenv("A64_GENERATION"))
	headers := map[string]string{"Host": r.Host}
	for name, values := range r.Header {
		headers[name] = strings.Join(values, ", ")
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(answer{
		Module: os.Getenv("A64_MODULE"), Image: os.Getenv("A64_IMAGE"), Generation: generation,
		Method: r.Method, Path: path, Query: query, Headers: headers, Body: string(body),
	})
}

func number(index int) int {
	if len(os.Args) <= index {
		return 0
	}
	n, _ := strconv.Atoi(os.Args[index])
	return n
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	mode := os.Getenv("DEMO_MODE")
	if len(os.Args) > 1 {
		mode = os.Args[1]
	}
	handler := http.HandlerFunc(echo)
	switch mode {
	case "exit":
		fmt.Println("demo: told to exit at once")
		os.Exit(number(2))
	case "unready":
		handler = func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, "not yet", http.StatusServiceUnavailable)
		}
	case "late":
		time.Sleep(time.Duration(number(2)) * time.Millisecond)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-stop
		os.Exit(0)
	}()
	fmt.Println("demo: listening on", port)
	fmt.Println(http.ListenAndServe(":"+port, handler))
	os.Exit(1)
}
