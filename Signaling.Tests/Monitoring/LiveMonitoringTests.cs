using Signaling.Lab.Proxies;

namespace Signaling.Tests.Monitoring;

/// <summary>deploy/monitoring with a real Prometheus and a real Alertmanager against two hubs under load; only its times are shorter.</summary>
internal sealed class LiveMonitoringTests
{
    private const string Alert = "SignalingClientRoundTripHigh";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>About latency, which on a busy machine is bad without a fault.</summary>
    private static readonly string[] OfTheMachine = [Alert, "SignalingLatencyBudgetBurns"];

    /// <summary>What is no number for good reasons: no connection gets 10 minutes old here.</summary>
    private static readonly string[] NotNumbers = ["Signaling: service / Abnormal disconnects A"];

    private MonitoredHubs _hubs = null!;
    private AlertReceiver _pager = null!;
    private MonitoringStack _stack = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _hubs = await MonitoredHubs.StartAsync();
        _pager = await AlertReceiver.StartAsync();
        _stack = await MonitoringStack.StartAsync(_hubs.Addresses, _pager.Url);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_stack is not null) await _stack.DisposeAsync();
        if (_pager is not null) await _pager.DisposeAsync();
        if (_hubs is not null) await _hubs.DisposeAsync();
    }

    [Test, Order(1)]
    public Task Every_query_of_every_dashboard_returns_numbers_with_the_labels_that_it_shows()
    {
        var queries = Dashboards.Queries(_hubs.AddressOf("seoul").Authority).ToArray();
        queries.Length.Should().BeGreaterThan(60);
        return EventuallyNoneAsync(async () =>
        {
            var wrong = new List<string>();
            foreach (var query in queries) wrong.AddRange(Problems(query, await _stack.Prometheus.QueryAsync(query.Expression)));
            return wrong;
        });
    }

    [Test, Order(1)]
    public Task Every_variable_of_every_dashboard_has_values() => EventuallyNoneAsync(async () =>
    {
        var empty = new List<string>();
        foreach (var (metric, label) in Dashboards.Variables())
        {
            if ((await _stack.Prometheus.QueryAsync(metric)).Select(series => series.Labels[label]).Distinct().Count() is not 2) empty.Add($"{label} of {metric}");
        }

        return empty;
    });

    [Test, Order(1)]
    public Task Every_rule_is_evaluated_without_an_error_and_every_recorded_one_has_series() => EventuallyNoneAsync(async () =>
    {
        var rules = await _stack.Prometheus.RulesAsync();
        var wrong = rules.Where(rule => rule.GetProperty("health").GetString() is not "ok").Select(rule => $"{rule}").ToList();
        foreach (var record in rules.Where(rule => rule.GetProperty("type").GetString() is "recording").Select(rule => rule.GetProperty("name").GetString()!))
        {
            var series = await _stack.Prometheus.QueryAsync(record);
            if (series.Count is 0) wrong.Add($"{record} is empty");
            if (series.Any(one => !one.Labels.ContainsKey("region") && !one.Labels.ContainsKey("from"))) wrong.Add($"{record} has no region");
        }

        if (rules.Count is 0) wrong.Add("there are no rules");
        return wrong;
    });

    [Test, Order(2)]
    public async Task While_all_is_well_only_the_certificate_of_an_hour_is_told_of_and_by_its_page_alone()
    {
        await EventuallyNoneAsync(async () => (await FiringAsync()).Except(OfTheMachine).Except(["SignalingCertificateExpires"]).ToList());

        await Eventually.TrueAsync(() => _pager.Notices.Any(notice => notice.Name is "SignalingCertificateExpires" && notice.Receiver is "on-call"), "somebody is woken up");
        _pager.Notices.Should().NotContain(notice => notice.Receiver == "tickets" && notice.Name == "SignalingCertificateExpires");
    }

    [Test, Order(3)]
    public async Task When_clients_of_a_region_have_150_ms_each_way_its_alert_is_delivered_and_when_they_are_near_again_it_is_resolved()
    {
        await EventuallyNoneAsync(async () => (await FiringAsync("seoul")).Where(alert => alert == Alert).ToList());
        var before = _pager.Notices.Count;

        _hubs.EntryOf("seoul").Impair(new Impairment { Delay = TimeSpan.FromMilliseconds(150) });
        await EventuallyNoneAsync(async () => await P95Async("seoul") > 0.25 ? [] : ["p95 is that of the proxy"]);
        var fired = await _pager.UntilAsync(Alert, "seoul", "firing", before);
        fired.Receiver.Should().Be("on-call");
        fired.Annotation("summary").Should().Contain("seoul").And.Contain("100 ms");
        fired.Annotation("runbook_url").Should().EndWith($"runbook.md#{Alert.ToLowerInvariant()}");
        (await P95Async("frankfurt")).Should().BeLessThan(await P95Async("seoul"));

        var healed = _pager.Notices.Count;
        _hubs.EntryOf("seoul").Heal();
        await _pager.UntilAsync(Alert, "seoul", "resolved", healed);
        (await P95Async("seoul")).Should().BeLessThan(0.25);
    }

    [Test, Order(4)]
    public async Task Told_to_end_it_ends_both_and_leaves_nothing_behind()
    {
        (await _stack.StopAsync()).Should().Be(0);

        _stack.Leftovers.Should().BeEmpty();
        await _stack.Invoking(stack => stack.Prometheus.QueryAsync("up")).Should().ThrowAsync<HttpRequestException>();
    }

    private async Task<IReadOnlyList<string>> FiringAsync(string region = ".*") =>
        [.. (await _stack.Prometheus.QueryAsync($$"""ALERTS{alertstate="firing", region=~"{{region}}"}""")).Select(alert => alert.Labels["alertname"])];

    private async Task<double> P95Async(string region) => (await _stack.Prometheus.QueryAsync($$"""signaling:client_round_trip_seconds:p95{region="{{region}}"}""")).Single().Value;

    private static IEnumerable<string> Problems(PanelQuery query, IReadOnlyList<Series> series)
    {
        if (series.Count is 0) return [$"{query.Where}: nothing for {query.Expression}"];
        if (!NotNumbers.Contains(query.Where) && series.All(one => double.IsNaN(one.Value))) return [$"{query.Where}: no number for {query.Expression}"];
        return query.Labels.Where(label => !series.All(one => one.Labels.ContainsKey(label))).Select(label => $"{query.Where}: no {label}");
    }

    /// <summary>Until there is nothing wrong; tells what still is. Asks at leisure: each round is work for the hubs' machine.</summary>
    private static async Task EventuallyNoneAsync(Func<Task<IReadOnlyList<string>>> wrong)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        while (await wrong() is { Count: > 0 } still)
        {
            if (time.GetElapsedTime(start) > Patience) Assert.Fail(string.Join('\n', still));
            await Task.Delay(Pause, time);
        }
    }
}
