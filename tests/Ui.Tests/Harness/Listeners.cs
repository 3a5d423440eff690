using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using EndToEnd.Tests;
using Shared;

namespace Ui.Tests;

/// <summary>Every address at which a process of a stack listens, whether or not it is meant for anybody.</summary>
internal static class Listeners
{
    public static async Task<IReadOnlyList<Uri>> OfAsync(LocalStack stack)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [stack.Http.BaseAddress!, stack.Search.Endpoint, new Uri(stack.Blobs.Uri, "/")];
        }

        var sockets = stack.AllProcesses.SelectMany(SocketsOf).ToHashSet();
        var ports = new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [_, _, _, "0A", ..] && sockets.Contains(words[9]))
            .Select(words => int.Parse(words[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Distinct();
        var addresses = new List<Uri>();
        foreach (var port in ports)
        {
            addresses.Add(new Uri($"{(await SpeaksTlsAsync(port) ? "https" : "http")}://127.0.0.1:{port}/"));
        }

        return addresses;
    }

    private static IEnumerable<string> SocketsOf(int process)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles($"/proc/{process}/fd")
                    .Select(file => new FileInfo(file).LinkTarget)
                    .Where(target => target?.StartsWith("socket:[", StringComparison.Ordinal) == true)
                    .Select(target => target![8..^1]),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static async Task<bool> SpeaksTlsAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
#pragma warning disable CA5359 // Whether it speaks TLS at all is the question.
            await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
            await Patience.ForAsync(tls.AuthenticateAsClientAsync("localhost"));
            return true;
        }
        catch (Exception exception)
            when (exception is IOException or System.Security.Authentication.AuthenticationException or SocketException)
        {
            return false;
        }
    }
}
