using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Bench.Scale.Services;

/// <summary>Queues that the app sends to. What becomes visible is handed over at once.</summary>
internal sealed partial class Queues(VirtualTime time)
{
    public const string Rechecks = "recheck-image";

    /// <summary>A message is visible: its queue and text.</summary>
    public event Action<string, string>? Visible;

    /// <summary>Messages that are not visible yet.</summary>
    public int Hidden { get; private set; }

    public Answer Serve(Call call)
    {
        if (call.Method != HttpMethod.Post || MessageText().Match(Encoding.UTF8.GetString(call.Body)) is not { Success: true } message)
        {
            throw new NotSupportedException($"{call.Method} {call.Address}");
        }

        var queue = call.Path.Split('/')[1];
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(message.Groups["text"].Value));
        var delay = TimeSpan.FromSeconds(double.Parse(call.Query("visibilitytimeout") ?? "0", CultureInfo.InvariantCulture));
        Hidden++;
        time.After(
            delay,
            () =>
            {
                Hidden--;
                Visible?.Invoke(queue, text);
            }
        );
        var now = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        return new Answer(
            HttpStatusCode.Created,
            Encoding.UTF8.GetBytes(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId>"
                    + $"<InsertionTime>{now}</InsertionTime><ExpirationTime>Fri, 31 Dec 9999 23:59:59 GMT</ExpirationTime>"
                    + $"<PopReceipt>1</PopReceipt><TimeNextVisible>{now}</TimeNextVisible></QueueMessage></QueueMessagesList>"
            ),
            "application/xml"
        );
    }

    [GeneratedRegex("<MessageText>(?<text>.*)</MessageText>", RegexOptions.Singleline)]
    private static partial Regex MessageText();
}
