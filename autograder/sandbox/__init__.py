"""The only place that touches student code: sources in, plain values out, through `sandbox.client`."""
