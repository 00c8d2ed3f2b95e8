using System.CommandLine;
using System.CommandLine.Parsing;
using ConsolePeer.View;
using Signaling.Contracts;

namespace ConsolePeer;

/// <summary>The command line.</summary>
internal static class PeerCommand
{
    public static RootCommand Create()
    {
        var room = new Argument<string>("room") { Description = "The room to join." };
        var name = new Option<string?>("--name") { Description = "The name that the others see; without one they see an id." };
        var url = new Option<string>("--url") { Description = "The hub.", DefaultValueFactory = _ => "http://localhost:5080/signaling" };
        var token = new Option<string?>("--token")
        {
            Description = "The token for the hub; default: the variable SIGNALING_TOKEN. A hub in Development lets guests in.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIGNALING_TOKEN"),
        };
        room.Validators.Add(result => RejectUnless(result, SignalingIds.IsValid(result.GetValueOrDefault<string>()), "A room is 1 to 64 of A-Z, a-z, 0-9, _ and -."));
        url.Validators.Add(result => RejectUnless(result, IsHttp(result.GetValueOrDefault<string>()), "--url takes an http or https address, such as http://localhost:5080/signaling."));

        var command = new RootCommand("A peer without media: shows who is in a room, chats, and prints what it receives. Type /help in the room.") { room, name, url, token };
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = new Invitation(parsed.GetRequiredValue(room), parsed.GetValue(name), new Uri(parsed.GetRequiredValue(url)), parsed.GetValue(token));
            return await ConsoleView.Create().RunAsync(view => Conversation.RunAsync(wanted, view, cancellation));
        });
        return command;
    }

    private static bool IsHttp(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static void RejectUnless(SymbolResult result, bool good, string why)
    {
        if (!good) result.AddError(why);
    }
}
