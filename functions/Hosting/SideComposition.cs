using Serverless.Backfill;
using Serverless.Duplicates.Originals;
using Serverless.Ledger;
using Serverless.Models;
using Serverless.Startup;

namespace Serverless.Hosting;

/// <summary>
/// Composes all services once more, for another model and another index. What belongs to the process (its readiness, its turns, its room
/// for comparisons) is shared; background work runs once, on the side of the settings.
/// </summary>
internal sealed class SideComposition
{
    private readonly IConfiguration configuration;
    private readonly ServiceDescriptor[] framework;

    /// <param name="services">What the framework registered, before any service of the app.</param>
    public SideComposition(IConfiguration configuration, IServiceCollection services) =>
        (this.configuration, framework) = (configuration, [.. services.Where(service => service.ServiceType != typeof(IHostedService))]);

    public IServiceProvider Compose(ModelChoice choice, IServiceProvider home)
    {
        var settings = new ConfigurationBuilder()
            .AddConfiguration(configuration)
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Embedding:Provider"] = choice.Provider,
                    ["Embedding:Model"] = choice.Model,
                    ["Search:Index"] = choice.Index,
                }
            )
            .Build();
        IServiceCollection services = new ServiceCollection();
        foreach (var service in framework)
        {
            services.Add(service);
        }

        services.AddSingleton<IConfiguration>(settings);
        services.AddAppServices(settings);
        Share<ModelSides>();
        Share<Readiness>();
        Share<UploadsFirst>();
        Share<ComparisonRoom>();
        Share<ILoggerFactory>();
        Share<TimeProvider>();
        return services.BuildServiceProvider();

        void Share<T>()
            where T : class => services.AddSingleton(home.GetRequiredService<T>());
    }
}
