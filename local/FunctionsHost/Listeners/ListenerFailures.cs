using System.Runtime.ExceptionServices;
using FunctionsHost.Diagnostics;
using Microsoft.Azure.WebJobs.Host.Timers;

namespace FunctionsHost.Listeners;

/// <summary>A listener that fails, as when storage is away, does not end the process; the SDK's own class does.</summary>
internal sealed class ListenerFailures(ILogger<ListenerFailures> log) : IWebJobsExceptionHandler, IWebJobsExceptionHandlerFactory
{
    public IWebJobsExceptionHandler Create(IHost jobHost) => this;

    public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) =>
        OnUnhandledExceptionAsync(exceptionInfo);

    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        log.ListenerFailed(exceptionInfo.SourceException);
        return Task.CompletedTask;
    }
}
