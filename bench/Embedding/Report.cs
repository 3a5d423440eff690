namespace Bench.Embedding;

internal static class Report
{
    public static void Print(Dictionary<string, List<Cost>> costs, int side, double agreement)
    {
        Console.WriteLine();
        Console.WriteLine("| measured | per second | processor ms each |");
        Console.WriteLine("|---|---|---|");
        foreach (var (name, list) in costs)
        {
            var rates = list.Select(cost => cost.PerSecond).ToArray();
            Console.WriteLine($"| {name} | {Measurement.Median(rates):0.0} [{rates.Min():0.0}..{rates.Max():0.0}] | {Cpu(name):0.0} |");
        }

        Console.WriteLine();
        var processors = Environment.ProcessorCount;
        Line(
            "a",
            $"end to end fp32, share of the bound 1/(decode + model), processor time, {processors} workers",
            Ratio(Cpu("decode") + Cpu("model fp32, batch 8"), Cpu($"end to end fp32, {processors} workers")),
            "0.95 or more"
        );
        Line(
            "a",
            "the same, wall time, 1 worker",
            Ratio(Wall("decode") + Wall("model fp32, batch 8"), Wall("end to end fp32, 1 worker")),
            "0.95 or more"
        );
        Line(
            "b",
            "against the peer, fp32, processor time",
            Ratio(Cpu("peer fp32, 1 thread"), Cpu("end to end fp32, 1 worker")),
            "1.4 or more"
        );
        Line(
            "b",
            "against the peer, fp32, wall time",
            Ratio(Wall("peer fp32, 1 thread"), Wall("end to end fp32, 1 worker")),
            "1.4 or more"
        );
        Line(
            "b",
            "against the peer, int8, processor time",
            Ratio(Cpu("peer int8, 1 thread"), Cpu("end to end int8, 1 worker")),
            "1.8 or more"
        );
        Line(
            "b",
            "against the peer, int8, wall time",
            Ratio(Wall("peer int8, 1 thread"), Wall("end to end int8, 1 worker")),
            "1.8 or more"
        );
        Line(
            "c",
            "int8 against fp32, model alone, processor time",
            Ratio(Cpu("model fp32, batch 8"), Cpu("model int8, batch 1")),
            "2.0 or more where the processor has VNNI"
        );
        Console.WriteLine($"(d) text: {1000 / Wall("text fp32"):0.0} queries a second on one thread, p50 {Wall("text fp32"):0.0} ms");
        Console.WriteLine($"    int8 agrees with fp32 to a cosine of {agreement:0.0000}; pictures of {side} x {side}");

        double Cpu(string name) => Measurement.Median(costs[name].Select(cost => cost.CpuMs));
        double Wall(string name) => Measurement.Median(costs[name].Select(cost => cost.WallMs));
        static double Ratio(double a, double b) => a / b;
        static void Line(string letter, string what, double ratio, string aim) =>
            Console.WriteLine($"({letter}) {what}: {ratio:0.00} (aim: {aim})");
    }
}
