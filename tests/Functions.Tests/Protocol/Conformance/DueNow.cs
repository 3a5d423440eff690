using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Functions.Tests.Protocol.Conformance;

/// <summary>Messages can be received as soon as they are sent: when a second look is due, the test says.</summary>
internal sealed partial class DueNow : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) =>
        message.Request.Uri.Query = Timeout().Replace(message.Request.Uri.Query, "visibilitytimeout=0");

    [GeneratedRegex("visibilitytimeout=[0-9]+")]
    private static partial Regex Timeout();
}
