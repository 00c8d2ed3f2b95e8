using System.CommandLine;
using Signaling.Contracts;

namespace Signaling.Hub.Access;

/// <summary><c>token</c>: mints a token from the hub's own configuration.</summary>
internal static class TokenCommand
{
    public static Command Create(Func<IServiceProvider> services)
    {
        var room = new Option<string[]>("--room")
        {
            Description = "A room that the token opens; a trailing * matches a prefix. Repeatable.",
            DefaultValueFactory = _ => [],
        };
        var isOperator = new Option<bool>("--operator") { Description = "The user may operate the hub, such as drain a node." };
        var user = new Option<string>("--user") { Description = "The user's id, which becomes the token's sub.", Required = true };
        var lifetime = new Option<TimeSpan>("--lifetime")
        {
            Description = "How long the token is valid, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromHours(1),
        };
        room.Validators.Add(result => RejectUnless(result, result.GetValueOrDefault<string[]>()?.All(RoomPattern.IsValid), "--room takes an id of A-Z, a-z, 0-9, _ and -, or a prefix and *."));
        user.Validators.Add(result => RejectUnless(result, SignalingIds.IsValid(result.GetValueOrDefault<string>()), "--user takes an id of A-Z, a-z, 0-9, _ and -."));
        lifetime.Validators.Add(result => RejectUnless(result, result.GetValueOrDefault<TimeSpan>() > TimeSpan.Zero, "--lifetime is more than 0."));

        var command = new Command("token", "Mint a token from this hub's own configuration and print it.") { room, user, lifetime, isOperator };
        command.Validators.Add(result =>
        {
            if (result.GetValue(room) is null or [] && !result.GetValue(isOperator)) result.AddError("A token needs a --room, or --operator.");
        });
        command.SetAction(parsed => Console.Out.WriteLine(services().GetRequiredService<TokenMinter>().Mint(
            parsed.GetRequiredValue(user), parsed.GetRequiredValue(room), parsed.GetValue(lifetime), parsed.GetValue(isOperator))));
        return command;
    }

    private static void RejectUnless(System.CommandLine.Parsing.OptionResult result, bool? good, string why)
    {
        if (good is not true) result.AddError(why);
    }
}
