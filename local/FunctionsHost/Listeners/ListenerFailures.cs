using System.Runtime.ExceptionServices;
using FunctionsHost.Diagnostics;
using Microsoft.Azure.WebJobs.Host.Timers;

namespace FunctionsHost.Listeners;

/// <summary>Keeps the process alive when a listener fails, for example during a storage outage; the SDK's own class ends it.</summary>
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
