using System.CommandLine;
using Signaling.Benchmarks.TelemetryCost;

var root = new RootCommand("What telemetry costs: signals through hubs with it and without, in turns.") { MetricsCommand.Create(), TracingCommand.Create() };
return await root.Parse(args).InvokeAsync();
