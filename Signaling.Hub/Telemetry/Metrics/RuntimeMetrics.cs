using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>The .NET runtime: what prometheus-net itself has of the process, and what shows that a node is out of breath.</summary>
internal sealed class RuntimeMetrics
{
    /// <summary>What <see cref="DotNetStats"/> makes.</summary>
    private static readonly MetricDefinition[] Builtin =
    [
        new("process_start_time_seconds", "gauge", [], "Start time of the process since unix epoch in seconds."),
        new("process_cpu_seconds_total", "counter", [], "Total user and system CPU time spent in seconds."),
        new("process_working_set_bytes", "gauge", [], "Process working set"),
        new("process_private_memory_bytes", "gauge", [], "Process private memory size"),
        new("process_virtual_memory_bytes", "gauge", [], "Virtual memory size in bytes."),
        new("process_open_handles", "gauge", [], "Number of open handles"),
        new("process_num_threads", "gauge", [], "Total number of threads"),
        new("dotnet_total_memory_bytes", "gauge", [], "Total known allocated memory"),
        new("dotnet_collection_count_total", "counter", ["generation"], "GC collection count"),
    ];

    private readonly Counter _pauses;
    private readonly Counter _allocated;
    private readonly Counter _contentions;
    private readonly Counter _workItems;
    private readonly Gauge _queue;
    private readonly Gauge _threads;

    public RuntimeMetrics(MetricsRegistry registry)
    {
        DotNetStats.Register(registry.Collectors);
        foreach (var of in Builtin) registry.Adopt(of);
        _pauses = registry.Counter("dotnet_gc_pause_seconds_total", "Time that the garbage collector has stopped the process.");
        _allocated = registry.Counter("dotnet_gc_allocated_bytes_total", "Bytes allocated on the managed heap.");
        _contentions = registry.Counter("dotnet_lock_contentions_total", "Times that a thread has waited for a lock.");
        _workItems = registry.Counter("dotnet_threadpool_work_items_total", "Work items that the thread pool has done.");
        _queue = registry.Gauge("dotnet_threadpool_queue_length", "Work items that wait for a thread of the pool.");
        _threads = registry.Gauge("dotnet_threadpool_threads", "Threads of the pool.");
        registry.BeforeScrape(Refresh);
    }

    private void Refresh()
    {
        _pauses.IncTo(GC.GetTotalPauseDuration().TotalSeconds);
        _allocated.IncTo(GC.GetTotalAllocatedBytes());
        _contentions.IncTo(Monitor.LockContentionCount);
        _workItems.IncTo(ThreadPool.CompletedWorkItemCount);
        _queue.Set(ThreadPool.PendingWorkItemCount);
        _threads.Set(ThreadPool.ThreadCount);
    }
}
