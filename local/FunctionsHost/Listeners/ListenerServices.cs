using FunctionsHost.Configuration;
using FunctionsHost.Diagnostics;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;
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
        CheckSettings(app);

        // Empty, not missing: the SDK then reads its options from the root, as in host.json.
        builder
            .Configuration.AddConfiguration(app.Host)
            .AddConfiguration(app.Settings)
            .AddInMemoryCollection([KeyValuePair.Create("AzureWebJobsConfigurationSection", (string?)"")]);
#pragma warning disable CS0618
        builder.Services.AddSingleton<IWebHookProvider>(webhooks);
#pragma warning restore CS0618
        builder.Services.AddSingleton<ITypeLocator>(new FunctionTypes(app.Functions));
        builder.Host.ConfigureWebJobs(jobs =>
            jobs.UseHostId(app.HostId).AddAzureStorageCoreServices().AddAzureStorageBlobs().AddAzureStorageQueues().AddTimers()
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

    /// <summary>The SDK would report these with a stack trace each, and go on without the function.</summary>
    private static void CheckSettings(FunctionApp app)
    {
        foreach (var (name, trigger) in app.Functions.Where(function => !function.IsHttp))
        {
            var text = trigger.Path ?? trigger.QueueName ?? trigger.Schedule ?? "";
            var settings = text.Split('%').Where((_, index) => index % 2 == 1);
            if (settings.FirstOrDefault(setting => string.IsNullOrEmpty(app.Settings[setting])) is { } missing)
            {
                throw new HostException($"{name}: '{text}' refers to the app setting '{missing}', which is not set.");
            }

            var connection = trigger.Connection is { Length: > 0 } named ? named : "AzureWebJobsStorage";
            var section = app.Settings.GetWebJobsConnectionSection(connection);
            if (string.IsNullOrEmpty(section.Value) && !section.GetChildren().Any())
            {
                throw new HostException($"{name}: the app setting '{connection}', which holds the storage connection string, is not set.");
            }
        }
    }
}
