using Signaling.Hub.Ice.Health;

namespace Signaling.Hub.Ice.Choice;

/// <summary>A configured server, and how it is.</summary>
internal sealed class KnownServer
{
    private volatile int _secret;

    public KnownServer(IceServerOptions options, TimeSpan returnAfter, TimeProvider time)
    {
        Options = options;
        Urls = [.. options.Urls.Select(url => new KnownUrl(url, IceUrl.Parse(url)!, new UrlHealth(returnAfter, time)))];
    }

    public IceServerOptions Options { get; }

    public IReadOnlyList<KnownUrl> Urls { get; }

    /// <summary>What tells it from the others.</summary>
    public string Key => Urls[0].Text;

    public bool IsTurn => Urls[0].Url.IsTurn;

    public double Share => (double)Options.Weight * Options.Capacity;

    /// <summary>Which of the secrets it takes, as far as is known: the first, until a probe has found that it has only a later one.</summary>
    public int Secret
    {
        get => _secret;
        set => _secret = value;
    }

    public IReadOnlyList<KnownUrl> WellUrls => [.. Urls.Where(url => url.Health.IsWell)];

    public bool IsOf(string region) => Options.Region is null || Options.Region == region;
}
