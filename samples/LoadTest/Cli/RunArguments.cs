using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using Signaling.Contracts;
using Signaling.LoadTest.Connections;

namespace Signaling.LoadTest.Cli;

/// <summary>The options that say what a run does.</summary>
internal sealed class RunArguments
{
    private const int MaxPeers = 1_000_000;
    private const int MaxPayload = 60_000;
    private const int SuffixLength = 16;

    private readonly Option<string[]> url = new Option<string[]>("--url")
    {
        Description = "A hub's address. Repeatable: peers are spread over all of them.",
        HelpName = "URL",
        DefaultValueFactory = _ => ["http://localhost:5080/signaling"],
    }.Must(urls => urls.All(text => HubAddress.TryParse(text, out _)), "takes http://, https://, ws:// or wss:// addresses without a query");

    private readonly Option<int> peers = Number("--peers", "N", "Peers in all.", 100).Between(1, MaxPeers);
    private readonly Option<int> roomSize = Number("--room-size", "M", "Peers in a room.", 4).Between(1, 10_000);
    private readonly Option<double> ramp = Number("--ramp", "R", "Joins a second, until all are there.", 100.0).Between(0.01, 100_000);
    private readonly Option<Duration> duration = Time("--duration", "How long the script plays once all are there.", "30s", TimeSpan.Zero, TimeSpan.FromDays(7));

    private readonly Option<ScriptKind> script = OptionRules.Choice<ScriptKind>(
        "--script",
        "call (the default): an offer of 3 to 7 kB to everyone who is there, an answer, 8 to 12 candidates from both, then pings. rate: app data at a fixed rate. idle: pings alone.");

    private readonly Option<double> rate = Number("--rate", "R", "Signals a second over all peers, for --script rate.", 100.0).Between(0.001, 1_000_000);
    private readonly Option<int> payload = Number("--payload", "BYTES", "Size of the app data of a signal, for --script rate.", 200).Between(1, MaxPayload);
    private readonly Option<double> churn = Number("--churn", "FRACTION", "Part of the peers that leaves and joins anew in a minute; 0.1 is one in ten.", 0.0).Between(0, 60);
    private readonly Option<Duration> drain = Time("--drain", "How long to wait for stragglers at the end.", "5s", TimeSpan.Zero, TimeSpan.FromHours(1));
    private readonly Option<Duration> ping = Time("--ping", "Time between two pings of a peer.", "15s", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(25));
    private readonly Option<Duration> warmUp = Time("--warm-up", "Calls in rooms apart, before the run, that nobody measures; 0s for none.", "2s", TimeSpan.Zero, TimeSpan.FromHours(1));
    private readonly Option<Duration> connectTimeout = Time("--connect-timeout", "How long a try to join may take.", "10s", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
    private readonly Option<int> retries = Number("--retries", "N", "Further tries to join, where the hub's error allows them.", 5).Between(0, 1000);

    private readonly Option<Spread> spread = OptionRules.Choice<Spread>(
        "--spread",
        "With several addresses: peers (the default) spreads the peers of a room over them, rooms gives each room one of them.");

    private readonly Option<string?> roomPrefix = new Option<string?>("--room-prefix")
    {
        Description = "What the rooms' ids begin with; random unless given.",
        HelpName = "TEXT",
    }.Must(text => SignalingIds.IsValid(text) && text!.Length <= SignalingLimits.MaxIdLength - SuffixLength, "takes A-Z, a-z, 0-9, _ and -, at most 48 of them");

    private readonly Option<string?> token = new("--token") { Description = "The token of every peer.", HelpName = "JWT" };
    private readonly Option<string?> secret = new Option<string?>("--secret")
    {
        Description = "Mint a token for each peer with this HS256 secret of the hub.",
        HelpName = "TEXT",
    }.Must(text => text!.Length >= 32, "has at least 32 characters");

    private readonly Option<string> issuer = new("--issuer") { HelpName = "TEXT", Description = "Issuer of minted tokens.", DefaultValueFactory = _ => "signaling" };
    private readonly Option<string> audience = new("--audience") { HelpName = "TEXT", Description = "Audience of minted tokens.", DefaultValueFactory = _ => "signaling" };
    private readonly Option<bool> insecure = new("--insecure") { Description = "Accept any TLS certificate." };

    private readonly Option<string[]> source = new Option<string[]>("--source")
    {
        Description = "A local address to connect from, such as 127.0.0.2: one gives some 28,000 connections to a hub. Repeatable.",
        HelpName = "ADDRESS",
    }.Must(texts => texts.All(text => IPAddress.TryParse(text, out _)), "takes IP addresses");

    public void AddTo(Command command)
    {
        Option[] all =
        [
            url, peers, roomSize, ramp, duration, script, rate, payload, churn, drain, warmUp, ping, connectTimeout, retries, spread, roomPrefix, token, secret,
            issuer, audience, insecure, source,
        ];
        foreach (var option in all) command.Add(option);
    }

    /// <summary>What single options cannot know to be wrong; nothing when all is well.</summary>
    public string? ProblemWith(ParseResult parsed)
    {
        if (parsed.GetValue(token) is not null && parsed.GetValue(secret) is not null) return "--token and --secret exclude each other.";
        if (parsed.GetValue(script) is not ScriptKind.Idle && parsed.GetValue(roomSize) < 2) return "--room-size is at least 2 when peers signal; --script idle takes 1.";
        return FileLimit.ProblemWith(parsed.GetValue(peers)) is { } problem ? $"--peers {problem}" : null;
    }

    public RunOptions Read(ParseResult parsed) => new()
    {
        Urls = [.. parsed.GetRequiredValue(url).Select(text => HubAddress.TryParse(text, out var hub) ? hub : throw new FormatException(text))],
        Peers = parsed.GetValue(peers),
        RoomSize = parsed.GetValue(roomSize),
        Ramp = parsed.GetValue(ramp),
        Duration = parsed.GetValue(duration).Time,
        Script = parsed.GetValue(script),
        Rate = parsed.GetValue(rate),
        Payload = parsed.GetValue(payload),
        Churn = parsed.GetValue(churn),
        Drain = parsed.GetValue(drain).Time,
        WarmUp = parsed.GetValue(warmUp).Time,
        PingInterval = parsed.GetValue(ping).Time,
        ConnectTimeout = parsed.GetValue(connectTimeout).Time,
        Retries = parsed.GetValue(retries),
        Spread = parsed.GetValue(spread),
        RoomPrefix = parsed.GetValue(roomPrefix) ?? $"load-{RandomNumberGenerator.GetHexString(8, lowercase: true)}",
        Token = parsed.GetValue(token),
        Secret = parsed.GetValue(secret),
        Issuer = parsed.GetRequiredValue(issuer),
        Audience = parsed.GetRequiredValue(audience),
        Insecure = parsed.GetValue(insecure),
        Sources = [.. (parsed.GetValue(source) ?? []).Select(IPAddress.Parse)],
    };

    private static Option<T> Number<T>(string name, string value, string description, T standard) =>
        new(name) { Description = description, HelpName = value, DefaultValueFactory = _ => standard };

    private static Option<Duration> Time(string name, string description, string standard, TimeSpan min, TimeSpan max)
    {
        Duration.TryParse(standard, out var duration);
        return new Option<Duration>(name)
        {
            Description = description,
            HelpName = "TIME",
            CustomParser = Duration.Parse,
            DefaultValueFactory = _ => duration,
        }.Must(given => given.Time >= min && given.Time <= max, $"is from {min:c} to {max:c}");
    }
}
