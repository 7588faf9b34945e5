"""Benchmarks anyone can run: `make bench`. The figures go to docs/performance.md."""
