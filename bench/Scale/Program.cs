using System.Globalization;
using Bench.Scale;

// dotnet run -c Release --project bench/Scale -- [--instances 1,2,5,10,20,50,100,200] [--uploads 4000] [--rate 10000] [--exact .1] [--alike .1]
//   [--scan 1] [--log-kb 1] [--shards 16] [--units 1] [--documents 1000000] [--seed 1] [--broken] [--calm]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = new CommandLine(args);
Report.Head();
foreach (var instances in options.Instances)
{
    var plan = options.PlanOf(instances);
    var outcome = await Simulation.RunAsync(plan);
    Report.Print(outcome);
    if (options.Calm)
    {
        Report.Print(await Simulation.RunAsync(plan with { Rate = outcome.Throughput * 0.6 }));
    }
}
