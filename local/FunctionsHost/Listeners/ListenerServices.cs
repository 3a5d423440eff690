using FunctionsHost.Configuration;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FunctionsHost.Listeners;

internal static class ListenerServices
{
    /// <summary>How long a timer waits for the lock of a killed host.</summary>
    private static readonly TimeSpan LockPeriod = TimeSpan.FromSeconds(15);

    /// <summary>The SDK's listeners for blobs, queues and timers; they start with the web server.</summary>
    public static void AddListeners(this WebApplicationBuilder builder, FunctionApp app, Webhooks webhooks)
    {
        // Empty, not missing: the SDK then reads its options from the root, as in host.json.
        builder
            .Configuration.AddConfiguration(app.Host.Values)
            .AddConfiguration(app.Settings)
            .AddInMemoryCollection([KeyValuePair.Create("AzureWebJobsConfigurationSection", (string?)"")]);
#pragma warning disable CS0618
        builder.Services.AddSingleton<IWebHookProvider>(webhooks);
#pragma warning restore CS0618
        builder.Services.AddSingleton<ITypeLocator>(new FunctionTypes(app.Functions));
        builder.Services.AddSingleton<IHostIdProvider>(HostId.Of(app.Root, app.Settings));
        builder.Host.ConfigureWebJobs(jobs =>
            jobs.AddAzureStorageCoreServices().AddAzureStorageBlobs().AddAzureStorageQueues().AddTimers()
        );
        builder
            .Services.AddSingleton<ListenerFailures>()
            .Replace(
                ServiceDescriptor.Singleton<IWebJobsExceptionHandlerFactory>(services => services.GetRequiredService<ListenerFailures>())
            )
            .Replace(ServiceDescriptor.Singleton<IWebJobsExceptionHandler>(services => services.GetRequiredService<ListenerFailures>()))
            .RemoveAll<ScheduleMonitor>()
            .AddSingleton<ScheduleMonitor, TimerStatus>()
            .Configure<JobHostOptions>(options => options.AllowPartialHostStartup = true)
            .Configure<SingletonOptions>(options =>
                (options.ListenerLockPeriod, options.ListenerLockRecoveryPollingInterval) = (LockPeriod, LockPeriod)
            );
    }
}
