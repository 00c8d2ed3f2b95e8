using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Signaling.Tests.Monitoring;

/// <summary>Prometheus, asked over HTTP.</summary>
internal sealed class PrometheusApi(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>The series that an expression has now.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public async Task<IReadOnlyList<Series>> QueryAsync(string expression)
    {
        using var question = new FormUrlEncodedContent([new("query", expression)]);
        using var answer = await _http.PostAsync(new Uri("api/v1/query", UriKind.Relative), question);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{expression}: {body.GetProperty("error")}");
        return [.. body.GetProperty("data").GetProperty("result").EnumerateArray().Select(Series.From)];
    }

    /// <summary>Every rule, of all files.</summary>
    public async Task<IReadOnlyList<JsonElement>> RulesAsync()
    {
        var body = await _http.GetFromJsonAsync<JsonElement>(new Uri("api/v1/rules", UriKind.Relative));
        return [.. body.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())];
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>One series with its value.</summary>
internal sealed record Series(IReadOnlyDictionary<string, string> Labels, double Value)
{
    public static Series From(JsonElement series) => new(
        series.GetProperty("metric").Deserialize<Dictionary<string, string>>()!,
        series.GetProperty("value")[1].GetString() switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var number => double.Parse(number!, CultureInfo.InvariantCulture),
        });
}
