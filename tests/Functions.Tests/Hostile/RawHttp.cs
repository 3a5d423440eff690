using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>
/// A client that sends what no library would, as slowly as it likes, and reads the answer whatever becomes of its request.
/// </summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient tcp = new();
    private readonly NetworkStream stream;

    public RawHttp(Uri server)
    {
        tcp.Connect(server.Host, server.Port);
        stream = tcp.GetStream();
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends; a server that has already answered and closed is no error.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The answer tells.
        }
    }

    /// <summary>Sends a body in pieces without end, each soon enough to be no stalled client, until told to stop.</summary>
    public async Task TrickleAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await stream.WriteAsync(new byte[500], stop);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The server had enough, or the test.
        }
    }

    /// <summary>Status, headers (names in lower case) and body, once the body is complete or the server has closed.</summary>
    public async Task<(int Status, Dictionary<string, string> Headers, string Body)> ReadAsync()
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (!IsComplete(Encoding.Latin1.GetString([.. bytes])))
        {
            int read;
            try
            {
                read = await Patience.ForAsync(stream.ReadAsync(buffer).AsTask(), "an answer");
            }
            catch (IOException)
            {
                break;
            }

            if (read == 0)
            {
                break;
            }

            bytes.AddRange(buffer.AsSpan(0, read));
        }

        var text = Encoding.Latin1.GetString([.. bytes]);
        var (head, body) = Split(text);
        var lines = head.Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
        Assert.True(lines[0].Length > 12, $"The server answered nothing but '{text}'.");
        return (int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture), headers, body);
    }

    public void Dispose()
    {
        stream.Dispose();
        tcp.Dispose();
    }

    private static (string Head, string Body) Split(string text) =>
        text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end ? (text[..end], text[(end + 4)..]) : (text, "");

    private static bool IsComplete(string text)
    {
        var (head, body) = Split(text);
        const string name = "\r\nContent-Length: ";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            ? body.Length >= int.Parse(head.AsSpan(at + name.Length).ToString().Split("\r\n")[0], CultureInfo.InvariantCulture)
            : body.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }
}
