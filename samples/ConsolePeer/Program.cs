using System.CommandLine;
using System.Text;
using ConsolePeer;

Console.OutputEncoding = Console.InputEncoding = Encoding.UTF8;

// Ctrl+C and SIGTERM cancel the command, which then has this long to tell the hub that it leaves.
return await PeerCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(5) });
