// Measures Prometheus' Go client library the way ExpositionBench measures the gateway's registry, under the same names.
//
// Built by the benchmark tool from Debian's packages golang-go and golang-github-prometheus-client-golang-dev.
package main

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
)

const (
	updates = 4_000_000
	threads = 4
)

func main() {
	rounds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Println("usage: ClientGolang ROUNDS")
		os.Exit(2)
	}
	for round := 0; round < rounds; round++ {
		measureUpdates()
		scrape(10_000, "10k")
		scrape(100_000, "100k")
	}
}

func say(name string, value float64) { fmt.Println(name, value) }

func measureUpdates() {
	counters := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jobs_total", Help: "Jobs."}, []string{"kind"})
	own := make([]prometheus.Counter, threads)
	for index := range own {
		own[index] = counters.WithLabelValues(strconv.Itoa(index))
	}
	histogram := prometheus.NewHistogram(prometheus.HistogramOpts{Name: "wait_seconds", Help: "Waiting."})

	alone := nanoseconds(func() { increment(own[0]) })
	observing := nanoseconds(func() {
		for step := 0; step < updates; step++ {
			histogram.Observe(float64(step&7) * 0.02)
		}
	})
	say("counter_ns", alone)
	say("histogram_ns", observing)
	contended := nanoseconds(func() { together(func(int) { increment(own[0]) }) })
	scaling := nanoseconds(func() { together(func(index int) { increment(own[index]) }) })
	say("counter_contended_ratio", contended/alone)
	say("counter_scaling_ratio", scaling/alone)
}

func increment(counter prometheus.Counter) {
	for step := 0; step < updates; step++ {
		counter.Inc()
	}
}

func together(body func(int)) {
	var group sync.WaitGroup
	for index := 0; index < threads; index++ {
		group.Add(1)
		go func(index int) {
			defer group.Done()
			body(index)
		}(index)
	}
	group.Wait()
}

func nanoseconds(body func()) float64 {
	begun := time.Now()
	body()
	return float64(time.Since(begun).Nanoseconds()) / updates
}

func scrape(count int, name string) {
	registry := prometheus.NewRegistry()
	family := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "figure", Help: "A figure."}, []string{"place", "shard"})
	registry.MustRegister(family)
	order := rand.Perm(count)
	begun := time.Now()
	for index, number := range order {
		value := float64(index) + 0.5*float64(index%2)
		family.WithLabelValues("place-"+strconv.Itoa(number), strconv.Itoa(number%7)).Set(value)
	}
	say("register_"+name+"_ms", milliseconds(begun))
	best := 0.0
	var buffer bytes.Buffer
	for round := 0; round < 5; round++ {
		buffer.Reset()
		begun := time.Now()
		families, err := registry.Gather()
		if err != nil {
			panic(err)
		}
		encoder := expfmt.NewEncoder(&buffer, expfmt.FmtText)
		for _, family := range families {
			if err := encoder.Encode(family); err != nil {
				panic(err)
			}
		}
		if taken := milliseconds(begun); round == 0 || taken < best {
			best = taken
		}
	}
	say("scrape_"+name+"_ms", best)
}

func milliseconds(begun time.Time) float64 { return float64(time.Since(begun).Nanoseconds()) / 1e6 }
