using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace FunctionsHost.Handler;

/// <summary>Calls functions: POST /&lt;FunctionName&gt; with headers and framing like those of the host in Azure.</summary>
internal sealed class HandlerClient(
    HandlerSupervisor supervisor, HttpMessageInvoker http, InvocationGate gate, TimeSpan functionTimeout, ILoggerFactory logs, TimeProvider time)
{
    /// <summary>The host whose contract this one follows.</summary>
    private const string HostVersion = "4.1037.0.0";
    private const int MaxReplyBytes = 16 * 1024 * 1024;
    private const int MaxConnections = 20;
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>An attempt that shutdown cuts short has no outcome.</summary>
    /// <param name="alone">A handler ended while this ran before: nothing else may run beside it.</param>
    public async Task<InvocationOutcome> InvokeAsync(Invocation invocation, CancellationToken abandoned, bool alone = false)
    {
        var log = logs.CreateLogger($"Function.{invocation.Function.Name}");
        for (var connections = 1; ; connections++)
        {
            var process = await supervisor.WhenReadyAsync(abandoned);
            using var turn = await gate.EnterAsync(alone, abandoned);
            try
            {
                using var running = process.Run();
                return await InvokeAsync(process, invocation, log, abandoned);
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
            {
                if (connections == MaxConnections)
                {
                    log.Failed(invocation.Subject, invocation.Id, 0, e.Message);
                    return new InvocationOutcome(e.Message);
                }

                // Ended, but not yet replaced: the function has not seen this invocation, so it is no attempt.
                await Task.WhenAny(process.Exited, Task.Delay(ReconnectDelay, abandoned));
            }
        }
    }

    private async Task<InvocationOutcome> InvokeAsync(HandlerProcess process, Invocation invocation, ILogger log, CancellationToken abandoned)
    {
        using var span = Tracing.Invocations.StartActivity(invocation.Function.Name, ActivityKind.Consumer);
        span?.SetTag("faas.invocation_id", invocation.Id).SetTag("faas.name", invocation.Function.Name);
        log.Invoking(invocation.Subject, invocation.Id);
        var started = Stopwatch.GetTimestamp();
        var outcome = await CallAsync(process, invocation, abandoned);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (outcome.Failure is not { } failure)
        {
            log.Succeeded(invocation.Subject, invocation.Id, elapsed);
        }
        else
        {
            span?.SetStatus(ActivityStatusCode.Error, failure);
            log.Failed(invocation.Subject, invocation.Id, elapsed, failure);
        }

        return outcome;
    }

    private async Task<InvocationOutcome> CallAsync(HandlerProcess process, Invocation invocation, CancellationToken abandoned)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
        deadline.CancelAfter(functionTimeout);
        try
        {
            using var request = CreateRequest(process.Address, invocation);
            using var response = await http.SendAsync(request, deadline.Token);
            await response.Content.LoadIntoBufferAsync(MaxReplyBytes, deadline.Token);
            var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(deadline.Token));
            var reply = InvocationReply.Judge(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
            var user = logs.CreateLogger($"Function.{invocation.Function.Name}.User");
            foreach (var line in reply.Logs)
            {
                user.User(line);
            }

            return new InvocationOutcome(reply.Failure);
        }
        catch (HttpRequestException e) when (e.HttpRequestError != HttpRequestError.ConnectionError)
        {
            return await process.WithoutAnswerAsync($"the handler did not answer: {e.Message}");
        }
        catch (IOException e)
        {
            return await process.WithoutAnswerAsync($"the handler did not answer: {e.Message}");
        }
        catch (OperationCanceledException e) when (!deadline.IsCancellationRequested)
        {
            return new InvocationOutcome($"the handler did not answer: {e.Message}"); // The time to connect in is over, not the function's.
        }
        catch (OperationCanceledException) when (!abandoned.IsCancellationRequested)
        {
            var reason = $"{invocation.Function.Name} ran into the functionTimeout of {functionTimeout}";
            supervisor.Restart(process, reason + "; whatever else is running fails with it.");
            return new InvocationOutcome(reason);
        }
    }

    private HttpRequestMessage CreateRequest(Uri handler, Invocation invocation)
    {
        var content = new ByteArrayContent(invocation.ToJson(time.GetUtcNow()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(handler, invocation.Function.Name)) { Content = content };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Azure-Functions-Host", HostVersion));
        request.Headers.Add("X-Azure-Functions-HostVersion", HostVersion);
        request.Headers.Add("X-Azure-Functions-InvocationId", invocation.Id.ToString());
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
        {
            request.Headers.Add("traceparent", span.Id);
        }

        return request;
    }
}
